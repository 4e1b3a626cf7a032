package dev.dunlin.localstack.gateway;

import dev.dunlin.protocol.Json;

/**
 * An example of the tests' class path: answers with what it was asked and what it has of the suite.
 */
public final class EchoExample implements DevExample {
    /** For the {@link java.util.ServiceLoader}. */
    public EchoExample() {}

    /** The body of a request. */
    record Question(String text) {}

    /** The body of an answer. */
    record Echo(String text, String messageService, String token) {}

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Answer start(BackEnd backEnd) {
        return body -> new Echo(
                Json.read(body, Question.class).text(), backEnd.messageService().toString(), backEnd.token());
    }
}
