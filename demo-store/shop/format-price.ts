const rupees = new Intl.NumberFormat("en-IN", { style: "currency", currency: "INR", maximumFractionDigits: 0 });

/** A price as the shop shows it: `₹1,299`. */
export const formatPrice = (paise: number): string => rupees.format(paise / 100);
