/** The provider of notifications, which receives what push-service sends. */
@NullMarked
package dev.dunlin.checker.transport.push;

import org.jspecify.annotations.NullMarked;
