export const loader = () => {
  throw new Response("Not found", { status: 404 });
};

export default function NotFound() {
  return null;
}

export function ErrorBoundary() {
  return (
    <main className="page">
      <h1>There is nothing here</h1>
      <p>
        The page may have moved. <a href="/">Back to the start</a>
      </p>
    </main>
  );
}
