import { assert, client, credentials, fails, gone, has, ids, page, section } from "./harness.mjs"

export async function users({ admin }) {
  await section("users", async (step) => {
    const me = await step("me", async () => (await admin.user.me()).user)
    await step("update", async () => has((await admin.user.update(me.id, { first_name: "Ada", metadata: { a: 1 } })).user, { id: me.id, first_name: "Ada", email: credentials.email }))
    await step("retrieve", async () => has((await admin.user.retrieve(me.id)).user, { first_name: "Ada", metadata: { a: 1 } }))
    await step("list", async () => assert.deepEqual(ids(page(await admin.user.list({ q: credentials.email }), "users", { count: 1 })), [me.id]))
  })
  await section("invites", async (step) => {
    const email = "new@example.com"
    const password = "long enough 1"
    const invite = await step("create", async () => {
      const { invite } = await admin.invite.create({ email, metadata: { team: "web" } })
      has(invite, { email, accepted: false, metadata: { team: "web" } })
      return invite
    })
    await step("list and retrieve", async () => {
      assert.ok(ids(page(await admin.invite.list({ email }), "invites", { count: 1 })).includes(invite.id))
      has((await admin.invite.retrieve(invite.id)).invite, { id: invite.id, email })
    })
    const renewed = await step("resend", async () => (await admin.invite.resend(invite.id)).invite)
    const newcomer = client()
    const user = await step("accept", async () => {
      await newcomer.auth.register("user", "emailpass", { email, password })
      const { user } = await newcomer.admin.invite.accept({ invite_token: renewed.token, email, first_name: "Nora", last_name: "New" })
      has(user, { email, first_name: "Nora", last_name: "New" })
      return user
    })
    await step("log in", async () => {
      await newcomer.auth.login("user", "emailpass", { email, password })
      has((await newcomer.admin.user.me()).user, { id: user.id })
    })
    await step("delete the user", async () => {
      await gone(await admin.user.delete(user.id), user.id, "user", () => admin.user.retrieve(user.id))
      await fails(newcomer.auth.refresh(), 401, /./)
      await newcomer.auth.login("user", "emailpass", { email, password }) // the identity is there, and is nobody
      await fails(newcomer.admin.user.me(), 401, /Unauthorized/)
    })
    await step("delete an invite", async () => {
      const { invite } = await admin.invite.create({ email: "other@example.com" })
      await gone(await admin.invite.delete(invite.id), invite.id, "invite", () => admin.invite.retrieve(invite.id))
    })
  })
}
