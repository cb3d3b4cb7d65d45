-- Which files a version names: cover, attachments, and what its body shows or links to. Whether a file may be read by the public is asked of it.
create function article_files(body text, cover text, attachments text[]) returns text[] language sql immutable parallel safe as $$
    select array_remove(attachments || cover, null) || array(select m[1] from regexp_matches(body, '/news/files/([0-9a-f]{32})', 'g') m)
$$;

create index article_version_files on article_version using gin (article_files(body, cover, attachments));
