import { guardedRoute } from '#api/guarded-route.ts';
import { refuseMethods } from '#api/respond.ts';
import { deleteGoal } from '#api/sites/goal-routes.ts';

export const DELETE = guardedRoute('/api/v1/sites/goals/[goal]', deleteGoal);

const refuse = refuseMethods(['DELETE']);

export { refuse as GET, refuse as PATCH, refuse as POST, refuse as PUT };
