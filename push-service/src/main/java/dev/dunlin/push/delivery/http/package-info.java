/** The REST call that browsers need to subscribe. */
@NullMarked
package dev.dunlin.push.delivery.http;

import org.jspecify.annotations.NullMarked;
