-- The table of deals from HubSpot, as Fivetran's connector writes it (tables deal, deal_pipeline_stage, deal_pipeline,
-- owner).
create view deals as
select
    deal.deal_id as id,
    cast(deal.property_createdate as date) as created,
    -- Of an open deal, the close date is only planned.
    case when stage.is_closed then cast(deal.property_closedate as date) end as closed,
    case when stage.closed_won then 'won' when stage.is_closed then 'lost' else 'open' end as outcome,
    deal.property_amount as amount,
    -- With several currencies: deal.property_deal_currency_code as currency,
    stage.label as stage,
    owner.email as owner,
    stage.probability as probability,
    pipeline.label as pipeline,
    -- If the connector brings it: deal.property_hs_analytics_source as source,
    cast(null as varchar(1)) as source
from deal
left join deal_pipeline_stage as stage
    on deal.deal_pipeline_stage_id = stage.stage_id and deal.deal_pipeline_id = stage.pipeline_id
left join deal_pipeline as pipeline on deal.deal_pipeline_id = pipeline.pipeline_id
left join owner on deal.owner_id = owner.owner_id
where not coalesce(deal.is_deleted, false);
