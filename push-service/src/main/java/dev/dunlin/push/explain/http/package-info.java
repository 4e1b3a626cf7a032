/** The same over REST. */
@NullMarked
package dev.dunlin.push.explain.http;

import org.jspecify.annotations.NullMarked;
