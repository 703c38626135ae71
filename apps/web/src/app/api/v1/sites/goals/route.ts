import { guardedRoute } from '#api/guarded-route.ts';
import { refuseMethods } from '#api/respond.ts';
import { createGoal, listGoals } from '#api/sites/goal-routes.ts';

export const GET = guardedRoute('/api/v1/sites/goals', listGoals);
export const PUT = guardedRoute('/api/v1/sites/goals', createGoal);

const refuse = refuseMethods(['GET', 'PUT']);

export { refuse as DELETE, refuse as PATCH, refuse as POST };
