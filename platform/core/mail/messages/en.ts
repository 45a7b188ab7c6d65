import type { MailMessages } from "../mail-messages.ts";

/** The mails in English. `{name}` is filled in when a mail is sent; what is filled in is always plain text. */
export const en: MailMessages = {
  greeting: "Hello {first_name},",
  greetingNobody: "Hello,",
  footer: "You get this mail because of your TrailRoom account {account}.",
  orCopy: "If the button does not work, open this address: {url}",
  mails: {
    verify_email: {
      subject: "Verify your address for TrailRoom",
      lines: [
        "Welcome to TrailRoom. Verify this address to get your free try-ons of each day and to use live keys.",
        "The link works once, for 24 hours. If you did not open an account, do nothing.",
      ],
      action: "Verify this address",
    },
    verify_new_address: {
      subject: "Verify your new address for TrailRoom",
      lines: [
        "This is to become the address of a TrailRoom account. Verify it to make the change.",
        "The link works once, for 24 hours. If you did not ask for it, do nothing.",
      ],
      action: "Verify the new address",
    },
    address_change_requested: {
      subject: "Your TrailRoom account is to get another address",
      lines: [
        "Somebody who is signed in to your account asked for another address. Nothing changes until that one is verified.",
        "If it was not you, change your password now and sign out everywhere.",
      ],
      action: "Open security settings",
    },
    address_changed: {
      subject: "Your TrailRoom account has another address",
      lines: [
        "Your account now has another address, and no more mails come here.",
        "If it was not you, answer this mail at once.",
      ],
    },
    reset_password: {
      subject: "Set a new password for TrailRoom",
      lines: [
        "Somebody asked for a new password for your account. If it was you, set one now: the link works once, for one hour.",
        "Every session ends with it. If it was not you, do nothing: your password stays.",
      ],
      action: "Set a new password",
    },
    password_changed: {
      subject: "Your TrailRoom password was changed",
      lines: [
        "Your password was changed on {at}. Every session has ended.",
        "If it was not you, set a new password now.",
      ],
      action: "Set a new password",
    },
    sign_up_taken: {
      subject: "Somebody tried to sign up with your address",
      lines: [
        "Somebody tried to open a TrailRoom account with this address, which has one already. Nothing has changed.",
        "If it was you, sign in, or set a new password if you do not know it any more.",
      ],
      action: "Sign in",
    },
    new_sign_in: {
      subject: "A new sign-in to your TrailRoom account",
      lines: [
        "Your account was signed in to on {at} from a place that is new to it: IP {ip}, {device}.",
        "If it was not you, change your password now: every session ends with it.",
      ],
      action: "Open security settings",
    },
    refresh_reused: {
      subject: "We ended a session of your TrailRoom account",
      lines: [
        "On {at} a token that had been used before was used again, from IP {ip}. That can mean that it was stolen, so we ended its session.",
        "If one of your programs lost its token and tried an old one, sign it in again. If not, change your password.",
      ],
      action: "Open security settings",
    },
    google_linked: {
      subject: "Google sign-in was added to your TrailRoom account",
      lines: [
        "You can now sign in with the Google account of this address as well.",
        "If it was not you, look after that Google account first, then change your password here.",
      ],
      action: "Open security settings",
    },
    google_took_over: {
      subject: "Your TrailRoom account is now yours by Google sign-in",
      lines: [
        "An account was opened with this address before, but the address was never verified. Your sign-in with Google proved it, so the account is yours.",
        "Its former password, keys and sessions have ended. Make new keys where you need them.",
      ],
      action: "Open the dashboard",
    },
    mfa_enabled: {
      subject: "Your TrailRoom account has a second factor",
      lines: [
        "From now on signing in asks for a code of your authenticator. Keep your recovery codes in a safe place.",
      ],
      action: "Open security settings",
    },
    mfa_disabled: {
      subject: "The second factor of your TrailRoom account is off",
      lines: ["Signing in asks for your password alone. If it was not you, change your password now."],
      action: "Open security settings",
    },
    recovery_code_used: {
      subject: "A recovery code of your TrailRoom account was used",
      lines: ["Somebody signed in with a recovery code; {left} are left. If it was not you, change your password now."],
      action: "Open security settings",
    },
    key_created: {
      subject: "A new API key on your TrailRoom account",
      lines: [
        'The {kind} key "{name}" ({key_prefix}…, {mode}) was made.',
        "If it was not you, end it and change your password.",
      ],
      action: "Open API keys",
    },
    credits_low: {
      subject: "Your TrailRoom credits are running low",
      lines: ["{left} credits are left. When they are used up, try-on rests on your shop until there are more."],
      action: "Get credits",
    },
    credits_empty: {
      subject: "Your TrailRoom credits are used up",
      lines: ["No credits are left, so try-on rests on your shop. Shoppers see that it rests, and nothing of credits."],
      action: "Get credits",
    },
    key_budget_reached: {
      subject: "A key has used up its budget of the day",
      lines: [
        'The key "{key_name}" has used its {budget} credits of {day}. Its button rests until tomorrow (UTC) or until you raise its budget.',
      ],
      action: "Open API keys",
    },
    key_month_reached: {
      subject: "A key has used up its budget of the month",
      lines: [
        'The key "{key_name}" has used its {budget} credits of {month}. Its button rests until the next month (UTC) or until you raise the budget.',
      ],
      action: "Open the settings",
    },
    account_suspended: {
      subject: "Your TrailRoom account is suspended",
      lines: [
        "Your account is suspended: {reason}",
        "You can sign in and read, but no new try-ons are made. Answer this mail to talk about it.",
      ],
    },
    account_deleted: {
      subject: "Your TrailRoom account is deleted",
      lines: [
        "Your account, its keys and its sessions have ended, and its pictures are deleted. What the law wants us to keep, such as invoices, stays for as long as it says.",
      ],
    },
  },
};
