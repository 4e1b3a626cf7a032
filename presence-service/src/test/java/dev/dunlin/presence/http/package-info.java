@NullMarked
package dev.dunlin.presence.http;

import org.jspecify.annotations.NullMarked;
