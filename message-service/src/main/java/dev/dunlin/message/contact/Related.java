package dev.dunlin.message.contact;

import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.ContactList;
import dev.dunlin.protocol.http.Relations;
import java.util.List;

/** How users are related to a user who wants to see them. Thread-safe; blocks. */
public final class Related {
    private final Contacts contacts;
    private final Memberships memberships;
    private final Namespaces namespaces;

    public Related(Contacts contacts, Memberships memberships, Namespaces namespaces) {
        this.contacts = contacts;
        this.memberships = memberships;
        this.namespaces = namespaces;
    }

    /** How {@code users} are related to {@code viewer}. */
    public Relations to(UserId viewer, List<UserId> users) {
        return new Relations(
                memberships.sharingDirect(viewer, users),
                memberships.sharing(viewer, users, namespaces.membersOnly()),
                contacts.blocking(viewer, users));
    }

    /** Users who share a direct channel with a user, at most {@code limit}. */
    public ContactList contacts(UserId user, int limit) {
        List<UserId> found = memberships.directs(user, limit + 1);
        boolean more = found.size() > limit;
        return new ContactList(more ? List.copyOf(found.subList(0, limit)) : found, more);
    }
}
