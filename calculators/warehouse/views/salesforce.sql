-- The table of deals from Salesforce, as Fivetran's connector writes it (table opportunity).
create view deals as
select
    id,
    cast(created_date as date) as created,
    -- Of an open opportunity, the close date is only planned.
    case when is_closed then cast(close_date as date) end as closed,
    case when is_won then 'won' when is_closed then 'lost' else 'open' end as outcome,
    amount,
    -- With several currencies: currency_iso_code as currency,
    stage_name as stage,
    owner_id as owner,
    -- Salesforce takes any number for a probability.
    case when probability between 0 and 100 then probability / 100.0 end as probability,
    record_type_id as pipeline,
    lead_source as source
from opportunity
-- In Fivetran's history mode also: and _fivetran_active
where not coalesce(is_deleted, false);
