package dev.dunlin.message.userdata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A user's data as lines of JSON, a page of the store in memory at a time. */
public final class Export {
    private static final int PAGE = 500;

    private Export() {}

    /**
     * Writes everything. The last line has the type {@code end} and the counts; it proves that the
     * export is complete. Blocks. Throws {@link dev.dunlin.message.command.StoreFailure} in the
     * middle if the store fails.
     */
    public static void write(UserData data, Contacts contacts, UserId user, OutputStream out) throws IOException {
        long channels = channels(data, user, out);
        long messages = messages(data, user, out);
        long reactions = reactions(data, user, out);
        long blocks = blocks(contacts, user, out);
        line(
                out,
                object("end")
                        .put("user", user.value())
                        .put("channels", channels)
                        .put("messages", messages)
                        .put("reactions", reactions)
                        .put("blocks", blocks));
        out.flush();
    }

    private static long channels(UserData data, UserId user, OutputStream out) throws IOException {
        long count = 0;
        List<UserData.Belonging> page = data.belongings(user, null, PAGE);
        while (!page.isEmpty()) {
            for (UserData.Belonging one : page) {
                line(out, line(one));
            }
            count += page.size();
            page = data.belongings(user, page.getLast().channel(), PAGE);
        }
        return count;
    }

    private static long messages(UserData data, UserId user, OutputStream out) throws IOException {
        long count = 0;
        List<ServerFrame.Message> page = data.messages(user, null, PAGE);
        while (!page.isEmpty()) {
            for (ServerFrame.Message message : page) {
                line(out, message);
            }
            count += page.size();
            ServerFrame.Message last = page.getLast();
            page = data.messages(user, new UserData.Place(last.channel(), last.seq()), PAGE);
        }
        return count;
    }

    private static long reactions(UserData data, UserId user, OutputStream out) throws IOException {
        long count = 0;
        List<UserData.Reaction> page = data.reactions(user, null, PAGE);
        while (!page.isEmpty()) {
            for (UserData.Reaction one : page) {
                line(
                        out,
                        object("reaction")
                                .put("channel", one.channel().value())
                                .put("target", one.target())
                                .put("emoji", one.emoji().value())
                                .put("ts", one.ts()));
            }
            count += page.size();
            page = data.reactions(user, page.getLast(), PAGE);
        }
        return count;
    }

    private static long blocks(Contacts contacts, UserId user, OutputStream out) throws IOException {
        long count = 0;
        List<Contacts.Blocked> page = contacts.blocked(user, null, PAGE);
        while (!page.isEmpty()) {
            for (Contacts.Blocked one : page) {
                line(out, object("block").put("user", one.user().value()).put("since", one.since()));
            }
            count += page.size();
            page = contacts.blocked(user, page.getLast().user(), PAGE);
        }
        return count;
    }

    private static ObjectNode line(UserData.Belonging one) {
        ObjectNode line = object("channel").put("channel", one.channel().value());
        if (one.role() != null) {
            line.set("role", Json.tree(one.role()));
            line.put("since", one.since());
        }
        return line.put("read", one.read()).put("received", one.received());
    }

    private static ObjectNode object(String type) {
        return Json.mapper().createObjectNode().put("type", type);
    }

    private static void line(OutputStream out, Object value) throws IOException {
        out.write(Json.write(value));
        out.write('\n');
    }
}
