import { discountFor, type Discount } from './discounts';

export interface Item {
  sku: string;
  /** In cents. */
  price: number;
  quantity: number;
}

export interface Totals {
  net: number;
  discount: number;
  total: number;
}

/** Adds an item, or raises its quantity if it is in the cart already. */
export function addItem(cart: Item[], item: Item): Item[] {
  const known = cart.find(({ sku }) => sku === item.sku);
  if (!known) {
    return [...cart, item];
  }
  return cart.map((other) => (other === known ? { ...other, quantity: other.quantity + item.quantity } : other));
}

export function totals(cart: Item[], discounts: Discount[], now: Date): Totals {
  const net = cart.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const discount = Math.max(0, ...discounts.map((candidate) => discountFor(candidate, net, now)));
  return { net, discount, total: net - discount };
}
