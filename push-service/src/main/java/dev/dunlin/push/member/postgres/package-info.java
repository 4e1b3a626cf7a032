/** Members in PostgreSQL. */
@NullMarked
package dev.dunlin.push.member.postgres;

import org.jspecify.annotations.NullMarked;
