/** The pages of signing up, in and out. */
export const signIn = {
  email: "E-mail address",
  password: "Password",
  login: {
    title: "Sign in",
    lead: "Welcome back.",
    submit: "Sign in",
    wrong: "The address or the password is wrong.",
  },
};
