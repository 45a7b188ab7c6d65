import { jobPath } from "../history/picture-path.ts";

/** Each state of an own job until it has ended: by the widget's own following, on the addresses of the dashboard. */
export async function* followOwnJob(jobId: string, signal: AbortSignal) {
  const [{ followJob }, { ApiProblem }] = await Promise.all([
    import("@trailroom/widget/follow-job"),
    import("@trailroom/widget/api-problem"),
  ]);
  const ask = async (rest: string, either: AbortSignal) => {
    // a session that has ended would lead to the sign-in page: that is no job
    const answer = await fetch(`${jobPath(jobId)}/state${rest}`, { signal: either, redirect: "error" }).catch(
      (error) => {
        throw either.aborted ? error : new ApiProblem("offline");
      },
    );
    if (!answer.ok) throw new ApiProblem(answer.status >= 500 ? "internal" : "not_found", answer.status);
    return answer;
  };
  yield* followJob(ask, signal);
}
