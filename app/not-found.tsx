import { MessagePage } from "@/components/shell/message-page";
import { LinkButton } from "@/components/ui/link-button";

const NotFoundPage = () => (
  <MessagePage
    title="There is nothing here for you"
    actions={
      <LinkButton tone="primary" href="/studies">
        To your studies
      </LinkButton>
    }
  >
    <p>
      Either the address is wrong, or it belongs to a study that you are not a member of. Check the study's code and the
      animal's tag.
    </p>
  </MessagePage>
);

export default NotFoundPage;
