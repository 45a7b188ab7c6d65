const secondMs = 1000;
const minuteS = 60;

/** 850 ms, 4.2 s, 1 min 5 s */
export function formatDuration(ms: number): string {
  if (ms < secondMs) return `${Math.round(ms)} ms`;
  const seconds = ms / secondMs;
  if (seconds < minuteS) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / minuteS)} min ${whole % minuteS} s`;
}

/** 97 % */
export const formatPercent = (part: number) => `${Math.round(part * 100)} %`;
