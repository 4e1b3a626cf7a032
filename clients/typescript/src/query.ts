/** The query of a URL with its `?`, or nothing. A list repeats its name; `undefined` is left out. */
export function query(parameters: object): string {
  const pairs = Object.entries(parameters).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => (value === undefined ? [] : `${name}=${encodeURIComponent(value as string)}`)),
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}
