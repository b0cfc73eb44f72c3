import { totals, type Item } from './cart';
import type { Discount } from './discounts';

export interface Order {
  id: string;
  items: Item[];
  total: number;
}

export type Pay = (orderId: string, cents: number) => Promise<{ ok: boolean; reason?: string }>;

// TODO: a payment that times out is tried again, but may have gone through: ask the provider first.
export async function checkout(cart: Item[], discounts: Discount[], pay: Pay): Promise<Order> {
  const id = crypto.randomUUID();
  const { total } = totals(cart, discounts, new Date());
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const answer = await pay(id, total);
    if (answer.ok) {
      return { id, items: cart, total };
    }
  }
  throw new Error('The payment was not accepted');
}
