/** The one form in which the process says, before it ends, which setting it cannot run with. */
export const unusable = (fault: string, cause?: unknown) =>
  new Error(`The configuration is not usable:\n- ${fault}`, { cause });
