import { Button } from '#ui/button.tsx';

type Props = {
  action: (form: FormData) => Promise<void>;
  siteId: string;
  id: string;
  /** What is on the button, and what it says to those who hear it alone. */
  text: string;
  label: string;
};

/** Removes one of a list. */
export function RemovalButton({ action, siteId, id, text, label }: Props) {
  return (
    <form action={action}>
      <input type="hidden" name="site" value={siteId} />
      <input type="hidden" name="id" value={id} />
      <Button type="submit" variant="danger" aria-label={label}>
        {text}
      </Button>
    </form>
  );
}
