const MAX_LENGTH = 200;

/** The first 200 characters of `text` as a string of its own: a slice would keep the whole window in memory. */
export function excerpt(text: string): string {
  return Buffer.from(text.slice(0, MAX_LENGTH), "utf16le").toString("utf16le");
}
