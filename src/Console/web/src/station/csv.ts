import { areBuckets, type Bucket, type Reading } from "./stretch";

const metre = (mm: number | null) => (mm === null ? "" : (mm / 1000).toFixed(3));

/** Readings as a table of comma-separated values; metres, ISO times in UTC. */
export function csvOf(answer: (Reading | Bucket)[]): string {
  const lines = areBuckets(answer)
    ? ["from,count,unbelievable,worst_flag,min_m,mean_m,max_m", ...answer.map((one) => [one.from, one.count, one.unbelievable, one.worst, metre(one.min), metre(one.mean), metre(one.max)].join(","))]
    : ["measured_at,received_at,stage_m,flag", ...(answer as Reading[]).map((one) => [one.measured_at, one.received_at, metre(one.value), one.flag].join(","))];
  return `${lines.join("\r\n")}\r\n`;
}

/** Gives a text to the person as a file. */
export function saveAs(name: string, text: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
