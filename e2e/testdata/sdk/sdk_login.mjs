import { assert, client, credentials, fails, has, section } from "./harness.mjs"

export async function login() {
  await section("token", async (step) => {
    const sdk = client()
    await step("nothing without one", () => fails(sdk.admin.order.list(), 401, /Unauthorized/))
    await step("a wrong password", () =>
      fails(sdk.auth.login("user", "emailpass", { ...credentials, password: "wrong" }), 401, /Invalid email or password/))
    await step("log in", async () => assert.equal((await sdk.auth.login("user", "emailpass", credentials)).split(".").length, 3))
    await step("me", async () => has((await sdk.admin.user.me()).user, { email: credentials.email }))
    await step("refresh", async () => {
      const { token } = await sdk.auth.refresh()
      assert.equal(await sdk.client.getToken(), token)
      has((await sdk.admin.user.me()).user, { email: credentials.email })
    })
    await step("log out", async () => {
      await sdk.auth.logout()
      await fails(sdk.admin.user.me(), 401, /Unauthorized/)
    })
  })
  await section("session", async (step) => {
    const sdk = client({ auth: { type: "session" } })
    await step("log in", () => sdk.auth.login("user", "emailpass", credentials))
    await step("me", async () => has((await sdk.admin.user.me()).user, { email: credentials.email }))
    await step("log out", async () => {
      await sdk.auth.logout()
      await fails(sdk.admin.user.me(), 401, /Unauthorized/)
    })
  })
}
