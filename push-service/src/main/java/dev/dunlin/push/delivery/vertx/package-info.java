/** HTTP calls to endpoints, by Vert.x. */
@NullMarked
package dev.dunlin.push.delivery.vertx;

import org.jspecify.annotations.NullMarked;
