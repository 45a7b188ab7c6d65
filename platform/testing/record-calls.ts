/** Which methods of a port a contract suite has called. */
export interface CallRecord {
  /** all methods, as `method` or `repository.method` */
  methods(): string[];
  uncalled(): string[];
}

type Method = (...args: unknown[]) => unknown;

/** The same port, noting every call by its name; `called` carries on a record that was begun. */
export function recordCalls<Port extends object>(port: Port, called = new Set<string>()) {
  const names: string[] = [];
  const wrap = <T extends object>(object: T, prefix: string): T => {
    const entries = Object.entries(object).map(([key, value]) => {
      const name = `${prefix}${key}`;
      if (typeof value === "object" && value !== null) return [key, wrap(value, `${name}.`)];
      if (typeof value !== "function") return [key, value];
      names.push(name);
      const noting: Method = (...args) => {
        called.add(name);
        return (value as Method).apply(object, args);
      };
      return [key, noting];
    });
    return Object.fromEntries(entries) as T;
  };
  const target = wrap(port, "");
  const record: CallRecord = { methods: () => [...names], uncalled: () => names.filter((name) => !called.has(name)) };
  return { target, record };
}
