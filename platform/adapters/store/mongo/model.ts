import type { Document, IndexDirection } from "mongodb";
import type { Field, Fields } from "./fields.ts";

/** An index by its name in the database. A release that needs other keys gives the index another name. */
export interface Index {
  keys: Record<string, IndexDirection>;
  isUnique?: boolean;
}

/** How the rows of one model lie in their collection. */
export interface Model<Row> {
  collection: string;
  /** the fields that identify a row: they become `_id` */
  key: (keyof Row & string)[];
  fields: Fields<Row>;
  indexes: Record<string, Index>;
}

export interface Stored extends Document {
  _id: string | Record<string, string>;
}

type Values = Record<string, unknown>;

const fieldsOf = <Row>(model: Model<Row>) => Object.entries(model.fields) as [string, Field][];

/** JSON's own view of a value: what SQLite stores and reads back. */
const plain = (value: unknown) => (value === null ? null : JSON.parse(JSON.stringify(value)));

const encode = ({ kind }: Field, value: unknown) => (kind === "json" ? plain(value) : value);

/** `_id`: the key itself, or an object of the key's fields in their order. */
export function idOf<Row>({ key }: Model<Row>, row: Partial<NoInfer<Row>>): Stored["_id"] {
  const values = row as Record<string, string>;
  const [only, ...more] = key;
  if (only && more.length === 0) return values[only] ?? "";
  return Object.fromEntries(key.map((name) => [name, values[name] ?? ""]));
}

/** The document of a row; `extra` are fields that only the store itself reads. */
export function toDocument<Row>(model: Model<Row>, row: Row, extra: Document = {}): Stored {
  const rest = fieldsOf(model).filter(([name]) => !(model.key as string[]).includes(name));
  const values = rest.map(([name, field]) => [name, encode(field, (row as Values)[name])]);
  return { _id: idOf(model, row), ...Object.fromEntries(values), ...extra };
}

/** The row of a document: exactly the model's fields, what is missing as null. */
export function toRow<Row>({ key, ...model }: Model<Row>, { _id, ...document }: Document): Row {
  const ids = typeof _id === "object" ? _id : { [key[0] ?? ""]: _id };
  const values = fieldsOf({ key, ...model }).map(([name]) => [name, ids[name] ?? document[name] ?? null]);
  return Object.fromEntries(values) as Row;
}

/** A patch as `$set` takes it: undefined means "leave it". */
export function toSet<Row>(model: Model<Row>, patch: Partial<NoInfer<Row>>): Document {
  const given = fieldsOf(model).filter(([name]) => (patch as Values)[name] !== undefined);
  return Object.fromEntries(given.map(([name, field]) => [name, encode(field, (patch as Values)[name])]));
}

/** What the server checks on every write. Nullable fields may be missing, so that documents from before them stay good. */
export function validatorOf<Row>(model: Model<Row>): Document {
  const checked = fieldsOf(model).filter(([name]) => !(model.key as string[]).includes(name));
  const required = checked.filter(([, { isNullable }]) => !isNullable).map(([name]) => name);
  const properties = Object.fromEntries(checked.map(([name, { rule }]) => [name, rule]));
  return { $jsonSchema: { bsonType: "object", ...(required.length > 0 && { required }), properties } };
}
