-- A key of another system may belong to a department: it sends by the templates that this department may use.
alter table api_key add column department text references department;
