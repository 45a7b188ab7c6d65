/** Pieces of text as the body of an answer, each asked for when the client has room for it. */
export function streamOf(pieces: AsyncIterable<string>, whenLeft: () => void = () => {}): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      whenLeft();
      await iterator.return?.();
    },
  });
}
