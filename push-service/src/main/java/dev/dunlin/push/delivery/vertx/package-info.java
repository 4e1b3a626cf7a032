/** HTTP calls to endpoints with Vert.x. */
@NullMarked
package dev.dunlin.push.delivery.vertx;

import org.jspecify.annotations.NullMarked;
