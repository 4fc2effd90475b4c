/** A name that is safe as part of a file name: everything but letters, digits, `.`, `_` and `-` becomes `-`. */
export function safeName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, "-");
}

/** `20261123_174723_<name>` in local time: the name of a session that starts now. */
export function sessionName(name: string, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return `${date}_${time}_${safeName(name)}`;
}

/** `<nnn>_<repo>_<model>_<key8>`: the directory of a row. */
export function rowName(row: { row: number; repository: string; model: string; keyHash: string }): string {
  const number = String(row.row).padStart(3, "0");
  return `${number}_${safeName(row.repository)}_${safeName(row.model)}_${row.keyHash.slice(0, 8)}`;
}

/** A moment as ISO 8601 with the local offset, to the millisecond. */
export function isoWithOffset(moment: Date): string {
  const offsetMinutes = -moment.getTimezoneOffset();
  const local = new Date(moment.getTime() + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const two = (value: number): string => String(value).padStart(2, "0");
  const distance = Math.abs(offsetMinutes);
  return `${local}${offsetMinutes < 0 ? "-" : "+"}${two(Math.floor(distance / 60))}:${two(distance % 60)}`;
}
