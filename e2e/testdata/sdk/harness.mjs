// What all files share: named steps, and clients of the server under test.
import assert from "node:assert/strict"
import Medusa from "@medusajs/js-sdk"

export { assert }

const baseUrl = process.env.SDK_URL
export const orderID = process.env.SDK_ORDER
export const credentials = { email: process.env.SDK_EMAIL, password: process.env.SDK_PASSWORD }

// A browser keeps cookies by itself; here a jar does, for requests that a
// browser would send them with.
const jar = new Map()
const plainFetch = globalThis.fetch
globalThis.fetch = async (url, init = {}) => {
  const cookies = init.credentials === "include"
  if (cookies && jar.size > 0) {
    init.headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "))
  }
  const response = await plainFetch(url, init)
  for (const line of cookies ? response.headers.getSetCookie() : []) {
    const [name, value] = line.split(";")[0].split("=")
    value ? jar.set(name, value) : jar.delete(name)
  }
  return response
}

// client is an SDK with a token store of its own; options go to the SDK.
export function client(options = {}) {
  const stored = new Map()
  const storage = {
    getItem: async (key) => stored.get(key) ?? null,
    setItem: async (key, value) => void stored.set(key, value),
    removeItem: async (key) => void stored.delete(key),
  }
  return new Medusa({ baseUrl, auth: { type: "jwt", jwtTokenStorageMethod: "custom", storage }, ...options })
}

// section runs steps that build on each other: the first that fails ends it.
// Every step is one line of output, which the Go test reads.
export async function section(title, run) {
  const step = async (name, act) => {
    try {
      const result = await act()
      report({ step: `${title}: ${name}` })
      return result
    } catch (error) {
      report({ step: `${title}: ${name}`, error: `${error.status ?? ""} ${error.message}`.trim(), stack: place(error) })
      throw new Failed()
    }
  }
  try {
    await run(step)
  } catch (error) {
    if (!(error instanceof Failed)) {
      report({ step: `${title}: between steps`, error: error.message, stack: place(error) })
    }
  }
}

class Failed extends Error {}

const report = (line) => console.log(JSON.stringify(line))

// place is the line of ours where an error came up.
const place = (error) => (error.stack ?? "").split("\n").find((line) => /\/sdk_\w+\.mjs/.test(line))?.trim() ?? ""

// fails expects an answer of a status, and a message that matches.
export async function fails(promise, status, message) {
  const error = await promise.then(() => assert.fail(`no error, want ${status}`), (e) => e)
  assert.equal(error.status, status, error.message)
  assert.match(error.message, message)
}

// has expects at least these properties.
export function has(record, properties) {
  assert.ok(record, "there is no record")
  for (const [name, value] of Object.entries(properties)) {
    assert.deepEqual(record[name], value, `${name} of ${record.id ?? "the record"}`)
  }
}

// page expects the envelope of a list, and answers its records.
export function page(answer, key, { count, offset = 0, limit } = {}) {
  assert.ok(Array.isArray(answer[key]), `${key} is no list`)
  assert.equal(typeof answer.count, "number")
  assert.equal(answer.offset, offset)
  if (count !== undefined) assert.equal(answer.count, count, "count")
  if (limit !== undefined) assert.equal(answer.limit, limit, "limit")
  return answer[key]
}

export const ids = (records) => records.map((r) => r.id)

// gone expects what a deletion answers, and that the record is not found after.
export async function gone(answer, id, object, retrieve) {
  has(answer, { id, object, deleted: true })
  await fails(retrieve(), 404, new RegExp(id))
}

// keeps creates, reads, lists, changes and deletes a record of a resource that
// has nothing special: in the SDK all of those have the same methods.
export async function keeps(step, resource, { one, many, object = one, create, update, filter, key = "id" }) {
  const made = await step("create", async () => {
    const { [one]: record } = await resource.create(create)
    has(record, create)
    return record
  })
  const id = made[key]
  await step("retrieve", async () => has((await resource.retrieve(id))[one], { [key]: id, ...create }))
  await step("retrieve some fields", async () => {
    const name = Object.keys(create)[0]
    assert.deepEqual((await resource.retrieve(id, { fields: `${key},${name}` }))[one], { [key]: id, [name]: create[name] })
  })
  await step("list", async () => {
    const found = page(await resource.list({ limit: 200 }), many, { limit: 200 })
    assert.ok(found.some((r) => r[key] === id), "the new one is not in the list")
  })
  await step("filter", async () => {
    has(page(await resource.list(filter ?? { id: [id] }), many, { count: 1 })[0], { [key]: id })
  })
  await step("update", async () => has((await resource.update(id, update))[one], { [key]: id, ...create, ...update }))
  await step("the update stays", async () => has((await resource.retrieve(id))[one], update))
  return {
    id,
    remove: () => step("delete", async () => gone(await resource.delete(id), id, object, () => resource.retrieve(id))),
  }
}
