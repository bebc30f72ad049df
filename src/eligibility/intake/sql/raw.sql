-- The rows of one table as text: NULL where the sheet has no such column, '' where the cell is blank.
CREATE OR REPLACE TABLE intake.raw (
    row_id BIGINT, source INTEGER, "row" INTEGER, extra_cells VARCHAR, remark VARCHAR, {columns}
);
