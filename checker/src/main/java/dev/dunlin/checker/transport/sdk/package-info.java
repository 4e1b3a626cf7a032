/** Clients that use the Java SDK. */
@NullMarked
package dev.dunlin.checker.transport.sdk;

import org.jspecify.annotations.NullMarked;
