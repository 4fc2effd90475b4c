/** Writes each line after the moment it was said, `2026-11-24 13:05:12`, in local time. */
export function stamped(write: (text: string) => void, now: () => Date): (text: string) => void {
  return (text) => {
    const moment = now();
    const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
    const stamp = local.toISOString().slice(0, 19).replace("T", " ");
    write(text.replaceAll(/^(?=.)/gm, `${stamp} `));
  };
}
