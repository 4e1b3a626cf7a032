package dev.dunlin.localstack.gateway;

/** The services that clients reach through the gateway. */
public enum Role {
    CONNECTION("connection-service"),
    MESSAGE("message-service"),
    PRESENCE("presence-service"),
    PUSH("push-service");

    private final String service;

    Role(String service) {
        this.service = service;
    }

    /** The service's name, also its module's. */
    public String service() {
        return service;
    }
}
