export interface Discount {
  code: string;
  percent: number;
  /** The first moment at which the code is no longer accepted. */
  expires: Date;
  minimum?: number;
}

/** Returns how many cents a discount takes off. */
export function discountFor(discount: Discount, net: number, now: Date): number {
  if (now > discount.expires || net < (discount.minimum ?? 0)) {
    return 0;
  }
  return Math.round((net * discount.percent) / 100);
}
