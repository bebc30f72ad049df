-- Every row of one table with what its cells mean.
CREATE OR REPLACE TABLE intake.read AS
SELECT
    {fields}
FROM intake.raw AS r
{joins};
