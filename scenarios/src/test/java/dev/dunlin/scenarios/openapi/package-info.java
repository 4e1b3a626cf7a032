/** {@code docs/openapi.yaml}: that it is what the services serve, and that a client generated from it works. */
@NullMarked
package dev.dunlin.scenarios.openapi;

import org.jspecify.annotations.NullMarked;
