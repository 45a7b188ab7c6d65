/** What the check of a page finds, in the order in which it is told. Each has its words in the pages' messages. */
export type FindingName =
  | "page"
  | "page_unreachable"
  | "page_status"
  | "page_not_html"
  | "script"
  | "script_missing"
  | "script_elsewhere"
  | "script_not_module"
  | "element"
  | "element_missing"
  | "key"
  | "key_missing"
  | "key_secret"
  | "key_unknown"
  | "key_ended"
  | "key_test"
  | "origin"
  | "origin_not_allowed"
  | "session_url_missing"
  | "product_id_missing"
  | "picture"
  | "picture_missing"
  | "picture_host"
  | "picture_unreachable"
  | "picture_problem"
  | "policy"
  | "policy_none"
  | "policy_blocks";

export interface Finding {
  name: FindingName;
  /** a warning works for now */
  level: "good" | "warning" | "problem";
  /** what the words speak of: an address, an origin, a directive */
  value?: string;
  /** of a picture, the engine's own reason and hint */
  reason?: { message: string; hint: string };
}

export const good = (name: FindingName, value?: string): Finding => ({ name, level: "good", value });
export const warning = (name: FindingName, value?: string): Finding => ({ name, level: "warning", value });
export const problem = (name: FindingName, value?: string): Finding => ({ name, level: "problem", value });
