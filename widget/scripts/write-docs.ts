import { writeFileSync } from "node:fs";
import path from "node:path";
import { describeElement } from "./describe-element.ts";

writeFileSync(path.join(import.meta.dirname, "../../docs/widget.md"), describeElement());
