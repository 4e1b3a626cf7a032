/**
 * {@code docs/openapi.yaml} is what the services serve, and a client that is generated from it
 * works.
 */
@NullMarked
package dev.dunlin.scenarios.openapi;

import org.jspecify.annotations.NullMarked;
