// What a document may hold, field by field. The server checks it on every write (a schema validator), so that a fault
// of ours (a balance below zero, a time stored as text, a forgotten field) is refused instead of stored. Lists of
// allowed words are left out on purpose: two releases that run side by side must not refuse each other's words.

type Kind = "text" | "number" | "flag" | "time" | "json";

/** One field: its kind, whether it may be null, and the rule that the server checks. */
export interface Field<K extends Kind = Kind, IsNullable extends boolean = boolean> {
  kind: K;
  isNullable: IsNullable;
  rule: { bsonType: string | string[]; minimum?: number };
}

type KindOf<Value> = Value extends string
  ? "text"
  : Value extends number
    ? "number"
    : Value extends boolean
      ? "flag"
      : Value extends Date
        ? "time"
        : "json";

/** Every field of a row with the kind and the nullability that the row's type has: the compiler finds a wrong or missing one. */
export type Fields<Row> = {
  [Name in keyof Row]-?: Field<KindOf<NonNullable<Row[Name]>>, null extends Row[Name] ? true : false>;
};

const field = <K extends Kind>(kind: K, rule: Field["rule"]): Field<K, false> => ({ kind, rule, isNullable: false });

export const text = field("text", { bsonType: "string" });
// the driver sends a whole number as int or double, as it fits
const numeric = ["int", "long", "double"];
export const number = field("number", { bsonType: numeric });
/** A number that never falls below zero: balances, budgets. */
export const amount = field("number", { bsonType: numeric, minimum: 0 });
export const flag = field("flag", { bsonType: "bool" });
export const time = field("time", { bsonType: "date" });
/** A list or an object that JSON can carry. */
export const json = field("json", { bsonType: ["object", "array"] });

/** The same field where null is allowed; a document from before the field existed reads as null. */
export const orNull = <K extends Kind>({ kind, rule }: Field<K, false>): Field<K, true> => ({
  kind,
  isNullable: true,
  rule: { ...rule, bsonType: [rule.bsonType, "null"].flat() },
});
