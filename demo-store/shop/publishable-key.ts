/** The form of a publishable key; also the `pattern` of the set-up page's field. */
export const publishableKeyPattern = /^pk_(live|test)_[0-9A-Za-z]{32}$/;
