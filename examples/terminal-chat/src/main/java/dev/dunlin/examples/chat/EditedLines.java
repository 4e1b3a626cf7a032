package dev.dunlin.examples.chat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Lines that are edited on a terminal, with those before at the arrow keys, while others' lines
 * come in above.
 */
final class EditedLines implements Lines {
    private static final String PROMPT = "> ";
    private static final String TAKE_BACK = "chat-take-back";

    private final Terminal terminal;
    private final LineReader reader;
    private volatile Runnable onKey = () -> {};

    EditedLines(List<String> commands) throws IOException {
        this.terminal = TerminalBuilder.builder().system(true).dumb(false).build();
        // Ctrl-C is a key like others here: as a signal it would end the launcher, too, whose child
        // this is.
        Attributes attributes = terminal.getAttributes();
        attributes.setLocalFlag(Attributes.LocalFlag.ISIG, false);
        terminal.setAttributes(attributes);
        // A sentence is no command line: quotes and backslashes in it are what they are.
        DefaultParser parser = new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(parser)
                .completer(new StringsCompleter(commands))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
                .build();
        Widget insert = Objects.requireNonNull(reader.getBuiltinWidgets().get(LineReader.SELF_INSERT));
        reader.getWidgets().put(LineReader.SELF_INSERT, () -> {
            if (reader.getBuffer().atChar(0) != '/') {
                onKey.run();
            }
            return insert.apply();
        });
        reader.getWidgets().put(TAKE_BACK, this::takeBack);
        Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN))
                .bind(new Reference(TAKE_BACK), KeyMap.ctrl('C'));
    }

    /** What to do for each character that is typed, commands excepted. */
    void onKey(Runnable heard) {
        onKey = heard;
    }

    /** Ctrl-C on a line takes the line back, and where there is none it ends. */
    private boolean takeBack() {
        if (reader.getBuffer().length() == 0) {
            throw new EndOfFileException();
        }
        return reader.getBuffer().clear();
    }

    @Override
    public Optional<String> next() {
        try {
            return Optional.of(reader.readLine(PROMPT));
        } catch (EndOfFileException | UserInterruptException e) {
            return Optional.empty();
        }
    }

    /** Writes a line above the one that is being edited. Thread-safe. */
    void printAbove(String line) {
        reader.printAbove(line);
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
