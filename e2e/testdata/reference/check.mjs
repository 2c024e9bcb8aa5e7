// Runs the functions of the page /docs that need no browser on a document.
// Usage: node check.mjs reference.html openapi.json. It prints a line of JSON
// for each thing that is wrong, and one at the end.
import {readFileSync} from "node:fs";

const [, , pageFile, documentFile] = process.argv;
const names = [
  "operationsOf", "bodySchemaOf", "successOf", "parametersOf", "filterSummary", "commonParameters", "commonNotes", "commonErrors", "exampleOf", "resolved",
  "ownerOf", "typeName", "within", "curlLine", "targetOf", "filterPairs", "pairsOf", "needs", "changes", "headersOf", "prettyText", "sizeText",
];
const script = readFileSync(pageFile, "utf8").split("<script>")[1].split("</script>")[0];
const pure = script.split("// --- The page. ---")[0];
const page = new Function(pure + "\nreturn {" + names.join(", ") + "};")(); // "use strict", and neither document nor window
const api = JSON.parse(readFileSync(documentFile, "utf8"));

const say = line => console.log(JSON.stringify(line));
const wrong = (where, what) => say({where, what});
function same(where, got, want) {
  if (JSON.stringify(got) !== JSON.stringify(want)) wrong(where, `got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
}

// misfit says where a value is not what its schema takes.
function misfit(schema, value, at) {
  const s = page.resolved(api, schema.allOf ? schema.allOf[0] : schema);
  if (value === null) return s.nullable || schema.nullable || !s.type ? "" : at + " is null";
  if (s.anyOf) return s.anyOf.some(one => !misfit(one, value, at)) ? "" : at + " is none of its types";
  if (s.enum) return s.enum.includes(value) ? "" : at + " is not in the enum";
  switch (s.type) {
  case "string": return typeof value === "string" ? "" : at + " is no text";
  case "boolean": return typeof value === "boolean" ? "" : at + " is no boolean";
  case "integer": return Number.isInteger(value) && value >= (s.minimum ?? -Infinity) ? "" : at + " is no such integer";
  case "number": return typeof value === "number" ? "" : at + " is no number";
  case "array":
    if (!Array.isArray(value) || value.length > 1) return at + " is no list of one";
    return value.map(one => misfit(s.items, one, at + "[]")).find(Boolean) || "";
  case "object": {
    if (typeof value !== "object" || Array.isArray(value)) return at + " is no object";
    const unknown = Object.keys(value).find(name => s.properties && !s.properties[name]);
    if (unknown) return at + "." + unknown + " does not exist";
    return Object.entries(value).map(([name, one]) => s.properties ? misfit(s.properties[name], one, at + "." + name) : "").find(Boolean) || "";
  }
  }
  return "";
}

function depthOf(value) {
  if (value === null || typeof value !== "object") return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

let answers = 0, bodies = 0;
for (const {method, path, op} of page.operationsOf(api)) {
  const where = method + " " + path;
  const {schema} = page.successOf(api, op);
  if (schema) {
    answers++;
    const value = page.exampleOf(api, schema, true);
    if (value === undefined || value === null) wrong(where, "has no example of its answer");
    else if (misfit(schema, value, "answer")) wrong(where, misfit(schema, value, "answer"));
    if (depthOf(value) > 9) wrong(where, "the example is deep: " + depthOf(value));
    if (JSON.stringify(value).includes('"undefined_')) wrong(where, "an id has no name");
  }
  const body = page.bodySchemaOf(op);
  for (const full of body ? [false, true] : []) {
    bodies++;
    const value = page.exampleOf(api, body, full, page.ownerOf(path));
    const problem = misfit(body, value, "body") || (body.required || []).filter(name => !(name in value)).map(name => name + " is missing")[0];
    if (problem) wrong(where, problem);
  }
  const {path: inPath, query, filters} = page.parametersOf(op);
  same(where + ": parameters", inPath.length + query.length + filters.length, (op.parameters || []).length);
  const target = page.targetOf(path, {path: {}, query: []});
  if (/[{}]|undefined/.test(target)) wrong(where, "the path is " + target);
}

// Lists are folded, and what many say is said once.
const orders = api.paths["/admin/orders"].get;
const {query, filters} = page.parametersOf(orders);
if (filters.length < 15 || query.length > 8) wrong("GET /admin/orders", `${filters.length} filters are folded and ${query.length} are not`);
same("one filter", page.filterSummary(1), "1 filter by column or relation");
same("many filters", page.filterSummary(37), "37 filters by column or relation");
const common = page.commonParameters(api);
for (const name of ["fields", "limit", "offset", "order", "with_deleted", "q"]) if (!common.has(name)) wrong("what is said once", "lacks " + name);
if (common.size > 12) wrong("what is said once", "is long: " + [...common.keys()]);
if (!page.commonErrors(api).has("400")) wrong("errors", "400 is not explained");
page.commonNotes(api);

// Values look like those of the shop.
const list = page.exampleOf(api, page.successOf(api, orders).schema, true);
const order = page.exampleOf(api, page.successOf(api, api.paths["/admin/orders/{id}"].get).schema, true).order;
const patterns = {id: /^order_01[0-9A-Z]{24}$/, created_at: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, region_id: /^reg_01/};
for (const [name, pattern] of Object.entries(patterns)) if (!pattern.test(order[name])) wrong("an order", `${name} is ${order[name]}`);
if (!/^ordli_01/.test(order.items[0].id)) wrong("an order", "its item is " + order.items[0].id);
const add = "/admin/customers/{id}/customer-groups";
same("a batch", page.exampleOf(api, page.bodySchemaOf(api.paths[add].post), false, page.ownerOf(add)), {add: ["cusgroup_01JE7R83Z88MJHH95FJ283V4D6"]});
same("a list", [list.orders.length, list.offset, list.limit], [1, 0, 20]);

// Schemas that contain themselves or linked records end.
const loop = {components: {schemas: {
  AdminNode: {type: "object", properties: {
    id: {type: "string"}, parent: {$ref: "#/components/schemas/AdminNode"}, children: {type: "array", items: {$ref: "#/components/schemas/AdminNode"}},
    peer: {allOf: [{$ref: "#/components/schemas/AdminPeer"}], description: "linked"}, peers: {type: "array", items: {allOf: [{$ref: "#/components/schemas/AdminPeer"}]}},
  }},
  AdminPeer: {type: "object", properties: {id: {type: "string"}, node: {allOf: [{$ref: "#/components/schemas/AdminNode"}]}}},
  Knot: {anyOf: [{$ref: "#/components/schemas/Knot"}, {type: "string"}]}, List: {type: "array", items: {$ref: "#/components/schemas/List"}},
}}, paths: {}};
const node = {$ref: "#/components/schemas/AdminNode"};
same("a recursive record", page.exampleOf(loop, node, true), {id: "node_01JE7R83Z88MJHH95FJ283V4D6", children: [], peers: []});
same("a linked record at the top", Object.keys(page.exampleOf(loop, {allOf: [node]}, true)), ["id", "children", "peers"]);
same("the name of a link", page.typeName(loop, loop.components.schemas.AdminNode.properties.peer), "AdminPeer");
same("a list of itself", page.exampleOf(loop, {$ref: "#/components/schemas/List"}, true), []);
same("nothing inside", page.within(loop, {$ref: "#/components/schemas/Knot"}), null);
page.commonNotes(loop);

// Requests, in a shell and in a browser.
const curl = values => page.curlLine("http://localhost:9000", "post", "/admin/orders/{id}", {path: {id: "a/b"}, query: [], ...values});
same("curl", curl({body: `{"email": "o'hara@example.com"}`, token: true, key: true}), [
  "curl -g", "-X POST", '-H "Authorization: Bearer $TOKEN"', '-H "x-publishable-api-key: $KEY"', "-H 'Content-Type: application/json'",
  `-d '{"email": "o'\\''hara@example.com"}'`, "'http://localhost:9000/admin/orders/a%2Fb'"].join(" \\\n  "));
same("curl with a secret key", curl({token: true, secret: true}).includes(`-u "$TOKEN:"`), true);
same("a quote in the path", curl({path: {id: "x'; ls"}}).split("\n").pop().trim(), "'http://localhost:9000/admin/orders/x'\\''%3B%20ls'");
same("a query", page.targetOf("/a", {path: {}, query: [["created_at[$gte]", "2026-01-01"], ["q", "a&b+c #"]]}), "/a?created_at[$gte]=2026-01-01&q=a%26b%2Bc%20%23");
same("several values", page.filterPairs("status", "[]", "pending, completed"), [["status[]", "pending"], ["status[]", "completed"]]);
same("one value", page.filterPairs("email", "[$ne]", "a,b"), [["email[$ne]", "a,b"]]);
same("conditions", page.pairsOf("customer.email=a=b& x "), [["customer.email", "a=b"], ["x", ""]]);
same("headers", page.headersOf({token: true, key: false, body: "{}"}, "abc", "pk"), {Accept: "application/json", Authorization: "Bearer abc", "Content-Type": "application/json"});
same("headers of a secret key", page.headersOf({token: true}, "sk_1", "").Authorization, "Basic " + btoa("sk_1:"));
same("an admin route", page.needs(orders), {token: true, key: false});
same("a storefront's route", page.needs(api.paths["/store/products"].get), {token: false, key: true});
same("a customer's route", page.needs(api.paths["/store/customers/me"].get), {token: true, key: true});
same("writes", [page.changes("get", "/a"), page.changes("delete", "/a"), page.changes("post", "/admin/query"), page.changes("post", "/admin/orders")], [false, true, false, true]);
same("an answer", [page.prettyText('{"a":1}'), page.prettyText("ok"), page.sizeText(999), page.sizeText(1500)], ['{\n  "a": 1\n}', "ok", "999 bytes", "1.5 kB"]);

say({done: true, answers, bodies});
