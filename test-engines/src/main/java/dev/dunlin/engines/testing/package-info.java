/**
 * What the services' tests see of the engines; only the JDK and one interface of Quarkus are used
 * here.
 */
@NullMarked
package dev.dunlin.engines.testing;

import org.jspecify.annotations.NullMarked;
