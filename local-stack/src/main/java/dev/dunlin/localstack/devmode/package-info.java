/** Lets {@code ./mvnw quarkus:dev} take a service's place in the running stack. */
@NullMarked
package dev.dunlin.localstack.devmode;

import org.jspecify.annotations.NullMarked;
