import { isDeepStrictEqual } from "node:util";
import type { Db, Document } from "mongodb";
import { MongoServerError } from "mongodb";
import { allModels } from "./create-repositories.ts";
import type { Index, Model } from "./model.ts";
import { validatorOf } from "./model.ts";

/** What preparing has changed: names of collections and `collection.index`. */
export interface Preparation {
  collections: string[];
  validators: string[];
  indexes: string[];
  /** in the database, but none of ours: left alone */
  unknown: string[];
}

type AnyModel = Model<Record<string, unknown>>;

const namespaceExists = 48;

/**
 * Makes the collections, validators and indexes that are missing; changes nothing that is right, so any number of
 * processes may do it at once and at every start. Throws when an index of ours has other keys.
 */
export async function prepareDatabase(db: Db): Promise<Preparation> {
  const done = await prepareCollections(db);
  for (const model of allModels) await prepareIndexes(db, model, done);
  return done;
}

/** Makes the collections and validators alone: rows come in faster without indexes. */
export async function prepareCollections(db: Db): Promise<Preparation> {
  const done: Preparation = { collections: [], validators: [], indexes: [], unknown: [] };
  const existing = await db.listCollections({}, { nameOnly: false }).toArray();
  const standing = new Map(existing.map(({ name, options }) => [name, options as Document | undefined]));
  for (const model of allModels) await prepareCollection(db, model, standing, done);
  return done;
}

async function prepareCollection(
  db: Db,
  model: AnyModel,
  standing: Map<string, Document | undefined>,
  done: Preparation,
) {
  const { collection } = model;
  const validator = validatorOf(model);
  if (!standing.has(collection)) {
    try {
      await db.createCollection(collection, { validator });
      done.collections.push(collection);
    } catch (error) {
      // another process was quicker
      if (!(error instanceof MongoServerError && error.code === namespaceExists)) throw error;
    }
  } else if (!isDeepStrictEqual(standing.get(collection)?.validator, validator)) {
    await db.command({ collMod: collection, validator });
    done.validators.push(collection);
  }
}

const sameKeys = (a: Document, b: Document) => JSON.stringify(Object.entries(a)) === JSON.stringify(Object.entries(b));

async function prepareIndexes(db: Db, { collection, indexes }: AnyModel, done: Preparation) {
  const present = await db.collection(collection).listIndexes().toArray();
  const byName = new Map<string, Document>(present.map((index) => [index.name, index]));
  const missing: [string, Index][] = [];
  for (const [name, index] of Object.entries(indexes)) {
    const found = byName.get(name);
    if (!found) missing.push([name, index]);
    else if (!sameKeys(found.key, index.keys) || Boolean(found.unique) !== Boolean(index.isUnique)) {
      throw new Error(`the index ${collection}.${name} is not the one this release needs: drop it and start again`);
    }
  }
  if (missing.length > 0) {
    const specs = missing.map(([name, { keys, isUnique }]) => ({ name, key: keys, ...(isUnique && { unique: true }) }));
    await db.collection(collection).createIndexes(specs);
  }
  done.indexes.push(...missing.map(([name]) => `${collection}.${name}`));
  const unknown = present.filter(({ name }) => name !== "_id_" && !Object.hasOwn(indexes, name));
  done.unknown.push(...unknown.map(({ name }) => `${collection}.${name}`));
}
